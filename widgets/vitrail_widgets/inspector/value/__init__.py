"""The page of the inspector that shows an object's value. Plots are drawn by pyqtgraph.

`page` shows facts and one of the bodies; `plots` loads pyqtgraph, which only what draws with it
imports: curve_body, plane_body.
"""
