"""The website: lessons, docs, atlas and sample reports as one folder of static pages.

``make site`` builds it into ``build/site``. It is read from a folder, by ``file://``, without a
network: formulas are MathML, the font for them lies in the style sheet, the search is a script
beside the pages. It needs the whole repository, and is no part of the wheel.
"""
