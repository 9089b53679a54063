"""The demo world: a province with four blocs, built through the portal's own transitions.

``world`` builds it stage by stage, ``khoi_7`` is the case of Trà Vinh, ``others`` three more blocs
so that the board has something to watch, ``texts`` the prose. Every score is invented and is called
so on screen; nothing is random.
"""
