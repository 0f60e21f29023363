<!doctype html><title>Shop</title><% session.invalidate(); %>bye
