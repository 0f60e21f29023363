<!doctype html><title>Shop</title>no
