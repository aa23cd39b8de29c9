"""The phone page in the browser, served by aiohttp."""
