"""The same floors on other engines; each module needs an extra of its own, and none is needed to classify."""
