@NullMarked
package io.carillon.benchmark.peers;

import org.jspecify.annotations.NullMarked;
