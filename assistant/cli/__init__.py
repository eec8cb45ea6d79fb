"""The commands of `jushi`. Data goes to stdout, everything said to people in Chinese to stderr."""
