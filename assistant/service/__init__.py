"""The assistant as a service to other programs: OpenAI-compatible chat, and MCP tools. Off by default."""
