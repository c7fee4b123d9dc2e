package io.carillon.server.config;

import java.util.Map;

/**
 * Keys and values that belong together, as they were given: a whole file, or one item of a list.
 *
 * @param origin where it begins
 * @param entries by dotted key, in the order in which they stand
 */
record Group(Origin origin, Map<String, Given> entries) {}
