"""The bundled sample portal: its pages and the little server that serves them."""
