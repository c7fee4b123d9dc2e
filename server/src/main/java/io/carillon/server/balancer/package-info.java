/** Configurations of balancers, generated from what the nodes of a cluster need. */
@NullMarked
package io.carillon.server.balancer;

import org.jspecify.annotations.NullMarked;
