package io.carillon.dialect;

/**
 * One dialect's part of the help of {@code carillon subscribe}. The command joins the texts of all
 * dialects to sentences, so they begin in lower case and have no full stop.
 *
 * @param where where messages are published, such as "to topics"
 * @param url what the URL may be, with an example
 * @param names what the names are, such as "topics"
 * @param secret which secret is needed beside a token, and the variable that has it; empty for none
 */
public record SubscribeHelp(String where, String url, String names, String secret) {}
