"""Addresses under /accounts/: the one login door, and one's own account."""

from django.urls import path

from hamroh.accounts.views import entering, letters, links, ownkey, security

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entering.SignIn.as_view(), name="sign-in"),
    path("sign-in/passkey/", entering.Passkey.as_view(), name="passkey"),
    path("second-step/", entering.SecondStep.as_view(), name="second-step"),
    path("confirm/", entering.Confirm.as_view(), name="confirm"),
    path("lock/", entering.lock, name="lock"),
    path("here/", entering.here, name="here"),
    path("demo/", entering.sign_in_to_demo, name="demo"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("link/", links.follow, name="link"),
    path("link/<str:secret>/", links.arrive, name="arrive"),
    path("forgot/", links.forgot, name="forgot"),
    path("security/", security.overview, name="security"),
    path("security/app/", security.add_app, name="add-app"),
    path("security/passkey/", security.add_passkey, name="add-passkey"),
    path("security/codes/", security.print_codes, name="print-codes"),
    path("security/remove/<int:factor>/", security.remove_factor, name="remove-factor"),
    path("security/address/", letters.address, name="address"),
    path("security/password/", security.password, name="password"),
    path("security/key/", ownkey.overview, name="own-key"),
    path("security/key/make/", ownkey.make, name="make-key"),
    path("security/key/open/", ownkey.open_key, name="open-key"),
    path("security/key/shut/", ownkey.shut_key, name="shut-key"),
    path("security/key/passphrase/", ownkey.passphrase, name="key-passphrase"),
    path("security/key/passkey/<int:factor>/", ownkey.passkey, name="key-passkey"),
    path("security/key/remove/", ownkey.remove, name="remove-lock"),
    path("security/key/lost/", ownkey.lost, name="lost-key"),
    path("security/end-session/", security.end_session, name="end-session"),
    path("security/sign-out-everywhere/", security.sign_out_everywhere, name="sign-out-everywhere"),
]
