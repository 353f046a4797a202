// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// Emits whatever it is told: any contract can emit any log about anything.
contract Emitter {
    function emitLog(bytes32[] calldata topics, bytes calldata data) external {
        bytes memory copy = data;
        assembly ("memory-safe") {
            let at := add(copy, 32)
            let size := mload(copy)
            switch topics.length
            case 0 { log0(at, size) }
            case 1 { log1(at, size, calldataload(topics.offset)) }
            case 2 { log2(at, size, calldataload(topics.offset), calldataload(add(topics.offset, 32))) }
            case 3 {
                log3(
                    at, size, calldataload(topics.offset), calldataload(add(topics.offset, 32)), calldataload(add(topics.offset, 64))
                )
            }
            default {
                log4(
                    at,
                    size,
                    calldataload(topics.offset),
                    calldataload(add(topics.offset, 32)),
                    calldataload(add(topics.offset, 64)),
                    calldataload(add(topics.offset, 96))
                )
            }
        }
    }

    /// As a collection it has no name that can be read.
    function name() external pure returns (string memory) {
        revert("no name");
    }
}
