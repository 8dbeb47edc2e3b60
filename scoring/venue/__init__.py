"""What this server is to the venue: its addresses, its certificates, how full it is."""
