"""The pages themselves: what each shows, and at which address."""
