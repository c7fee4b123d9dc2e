/** What every node of the cluster holds: subscriptions and members of channels. */
@NullMarked
package io.carillon.view;

import org.jspecify.annotations.NullMarked;
