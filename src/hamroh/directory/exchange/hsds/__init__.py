"""Human Services Data Specification 3.0 (Open Referral, https://openreferral.org/), with the Hamroh profile."""
