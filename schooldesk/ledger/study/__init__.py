"""Independent study at the desk: each day against the minimum day, work samples by period, the ratio."""
