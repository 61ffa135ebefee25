"""Room: what people read, in their own language. The catalogue is made by `python -m infra.words`."""
