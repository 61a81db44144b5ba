"""The evidence bundle of a review: one indexed PDF, and a ZIP with it, the files and their hashes.

access     who may have which variant
papers     what our own pages say (a dict)          files     each document made into pages, or why not
binding    one PDF: pages, bookmarks, links, stamps  packing   hashes and the ZIP
making     all of it, in a folder                    store     where finished bundles are kept, and for how long
"""
