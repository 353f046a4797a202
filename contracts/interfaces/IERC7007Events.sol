// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.28;

/// Events of ERC-7007 as its text has them: prompt and data are indexed, so that the log holds their keccak256.
interface IERC7007Events {
    event AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, bytes proof);
    event Update(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData);
}
