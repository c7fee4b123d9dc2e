/** The tutorial protocol: users, broadcasts, and the channel of Redis that other programs share. */
@NullMarked
package io.carillon.conformance.tutorial;

import org.jspecify.annotations.NullMarked;
