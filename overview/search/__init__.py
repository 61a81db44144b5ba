"""The search: what is found (`sources`), by which words (`words`), and by whom (`finding`)."""
