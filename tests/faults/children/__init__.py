"""Programs of their own that edit an audit while something happens to them or to their disk."""
