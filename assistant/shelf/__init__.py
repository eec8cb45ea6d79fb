"""The library as people keep it: files received and pasted, articles listed, mended and removed."""
