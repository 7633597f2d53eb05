"""What employers ask for: orders, how they are filled, opportunities, and the months ahead."""
