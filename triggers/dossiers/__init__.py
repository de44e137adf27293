"""All of a case in one file: gathered, redacted where somebody outside it is to read it, bound."""
