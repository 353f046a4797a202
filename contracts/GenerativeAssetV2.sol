// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {GenerativeAsset} from "./GenerativeAsset.sol";

/// What the proxy is upgraded to: an upgrade is part of the provenance of every work of the contract.
contract GenerativeAssetV2 is GenerativeAsset {
    function version() external pure returns (string memory) {
        return "2";
    }
}
