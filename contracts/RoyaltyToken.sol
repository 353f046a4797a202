// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// Money to pay royalties with. Anybody may make some: for local chains only.
contract RoyaltyToken is ERC20("Demo Dollar", "DEMO") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
