"""The app people talk to in the browser: pure rendering, a thin Gradio layout, a loopback server."""
