/** Jobs that wait until a worker of any node has done them. */
@NullMarked
package io.carillon.queue;

import org.jspecify.annotations.NullMarked;
