import cProfile
import pstats


def test_x(db, settings):
    from hamroh.directory.actions import load_places
    from hamroh.thesaurus.actions import load_starter_vocabulary

    load_places(actor=None)
    load_starter_vocabulary(actor=None)
    from hamroh.site.demo.library import load_library
    from hamroh.site.demo.people import load_people

    settings.IS_DEMO = True
    e = load_people()
    p = cProfile.Profile()
    p.enable()
    load_library(e, lambda: None)
    p.disable()
    pstats.Stats(p).sort_stats("cumtime").print_stats(45)
