"""The phone page in the browser, served by aiohttp. The house knows its `channel` alone."""
