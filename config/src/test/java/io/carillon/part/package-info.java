@NullMarked
package io.carillon.part;

import org.jspecify.annotations.NullMarked;
