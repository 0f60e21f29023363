<!doctype html><title>Shop</title>hello <%= request.getRemoteUser() %> <a href="/logout.jsp">log out</a>
