"""The console: pages below /bang for people who oversee others. They are rendered on the server and work without
scripts.
"""
