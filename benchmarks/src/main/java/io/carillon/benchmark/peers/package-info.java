/**
 * Fan-out beside other servers: the servers, the cases, and the report.
 *
 * <p>{@code PeerRun} starts servers and the load generator in turn and fills {@code Results};
 * {@code FanOutReport} and {@code Plot} turn those into pages.
 */
@NullMarked
package io.carillon.benchmark.peers;

import org.jspecify.annotations.NullMarked;
