/**
 * Load whose sums close: publishers that learn the fate of every message, listeners that note what
 * they hear, and a ledger that compares the two with the gaps that nodes have reported. Knows the
 * topics protocol and the log's gap line, and nothing about how nodes are started or hurt.
 */
@NullMarked
package io.carillon.conformance.load;

import org.jspecify.annotations.NullMarked;
