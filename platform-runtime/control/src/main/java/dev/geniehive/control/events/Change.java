package dev.geniehive.control.events;

/**
 * One thing that is otherwise than before.
 *
 * @param kind what happened, for example {@code host.lost}; a closed list, see {@code docs/api.md}
 * @param subject the id or name of what it happened to
 * @param message one sentence for a person
 */
record Change(String kind, String subject, String message) {}
