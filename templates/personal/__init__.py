"""What is told of personal data outside the chat: the page of the documentation and the copy a person is handed."""
