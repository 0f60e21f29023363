<!doctype html><title>Shop</title>home <% request.getSession(); %><a href="/profile.jsp">log in</a>
