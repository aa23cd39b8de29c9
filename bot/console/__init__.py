"""The console: pages for who oversees others, below /bang. Server-rendered; they work without scripts."""
