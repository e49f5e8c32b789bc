#!/bin/sh
# Loads the two tables beside this file into a Neo4j 5 database that is stopped and empty.
# usage: import.sh [DATABASE]     (default: neo4j)
cd "$(dirname "$0")" || exit 1
# The database's name stands first: behind --relationships it would be taken for a file.
exec neo4j-admin database import full "${1:-neo4j}" --array-delimiter=';' \
  --nodes='nodes.csv' --relationships='relationships.csv'
