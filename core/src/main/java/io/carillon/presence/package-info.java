/** The members and subscription counts of channels. A channel's home loop knows them. */
@NullMarked
package io.carillon.presence;

import org.jspecify.annotations.NullMarked;
