"""The two Flask tutorials as one server: sign-up and log-in, a JWT in an HttpOnly cookie, and a guard."""

import os
import sqlite3
import threading
from functools import wraps

import bcrypt
import jwt
from flask import Flask, g, jsonify, request

secret = os.environ["SECRET"]
app = Flask(__name__)


# A worker has several threads, and each keeps its connection.
connections = threading.local()


def database():
    if not hasattr(connections, "database"):
        connections.database = sqlite3.connect(os.environ["DATABASE_FILE"], isolation_level=None)
        connections.database.execute("pragma journal_mode = WAL")
        connections.database.execute("pragma synchronous = FULL")
    return connections.database


database().execute(
    "create table users (id integer primary key, username text not null unique, hash blob not null)"
)


def with_token(username):
    response = jsonify(username=username)
    token = jwt.encode({"username": username}, secret, algorithm="HS256")
    response.set_cookie("token", token, httponly=True, samesite="Lax", max_age=3600)
    return response


@app.post("/sign-up")
def sign_up():
    password = request.json["password"].encode()
    hashed = bcrypt.hashpw(password, bcrypt.gensalt(int(os.environ["HASH_COST"])))
    username = request.json["username"]
    database().execute("insert into users (username, hash) values (?, ?)", (username, hashed))
    return with_token(username)


@app.post("/log-in")
def log_in():
    username = request.json["username"]
    row = database().execute("select hash from users where username = ?", (username,)).fetchone()
    if row is None or not bcrypt.checkpw(request.json["password"].encode(), row[0]):
        return jsonify(message="Invalid user name or password"), 401
    return with_token(username)


def token_required(guarded):
    @wraps(guarded)
    def guard(*args, **kwargs):
        try:
            claims = jwt.decode(request.cookies.get("token", ""), secret, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return jsonify(message="Unauthorized"), 401
        select = "select id, username from users where username = ?"
        g.user = database().execute(select, (claims["username"],)).fetchone()
        if g.user is None:
            return jsonify(message="Unauthorized"), 401
        return guarded(*args, **kwargs)

    return guard


@app.get("/me")
@token_required
def me():
    return jsonify(id=g.user[0], username=g.user[1])
