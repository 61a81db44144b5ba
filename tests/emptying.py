"""Tests with real transactions leave the database as they found it: what migrations put there, and nothing else.

Django's `flush` truncates every table and writes what was there back row by row. With some four hundred tables of few
rows it is many times faster to delete and copy back within the database.
"""

from django.db import connection, transaction

KEEP = """
DO $$
DECLARE name text; filled boolean;
BEGIN
  IF to_regnamespace('as_found') IS NOT NULL THEN RETURN; END IF;
  CREATE SCHEMA as_found;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
    IF filled THEN EXECUTE format('CREATE TABLE as_found.%I AS TABLE public.%I', name, name); END IF;
  END LOOP;
END $$
"""
# In the role of a replica no trigger fires, no foreign key is checked: append-only tables let nobody else empty them.
PUT_BACK = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE name text; columns text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%I', name);
    IF to_regclass(format('as_found.%I', name)) IS NOT NULL THEN
      SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = name AND is_generated = 'NEVER';
      EXECUTE format('INSERT INTO public.%I (%s) SELECT %s FROM as_found.%I', name, columns, columns, name);
    END IF;
  END LOOP;
END $$
"""


def keep() -> None:
    """Remember what stands in the database now; the first call of a session counts."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP)


def put_back() -> None:
    """Empty every table, then copy back what was remembered. Numbers of rows go on, as after a rolled back test."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PUT_BACK)
