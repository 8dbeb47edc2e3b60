"""The rulebook's tests: examples worked out by hand, every refusal, and the laws that always hold."""
