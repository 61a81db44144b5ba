"""The disclosure check: does a report that is to be published tell who its people are?

passages    text with the place where it stands       folding     text as it is compared
extract_docx, extract_pdf, extract                    knowledge   what the case knows about its people
names, dates, patterns    one way of finding each     scan        all of them, over all passages
gate        what stands in the way of publication
"""
