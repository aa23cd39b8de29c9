"""The web chat: the page for phones in the browser, served by aiohttp. The rest of the shell uses only its `channel`."""
